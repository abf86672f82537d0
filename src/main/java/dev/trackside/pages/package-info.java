/**
 * The HTML pages, with everything that browsers need to show them, and codes and pictures of them.
 */
@NullMarked
package dev.trackside.pages;

import org.jspecify.annotations.NullMarked;
