/**
 * Sets up the tracking apps that runners already have: a link, a code to scan, a file where the app
 * reads one, and three steps in the reader's language.
 */
@NullMarked
package dev.trackside.setup;

import org.jspecify.annotations.NullMarked;
