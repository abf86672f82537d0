/** The HTML pages and their files, and codes and previews of them. */
@NullMarked
package dev.trackside.pages;

import org.jspecify.annotations.NullMarked;
