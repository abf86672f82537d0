/**
 * What fills in the tracking apps that runners already have: for each a link, a code to scan, a
 * file where the app reads one, and three steps in the reader's language. Knows no call.
 */
@NullMarked
package dev.trackside.setup;

import org.jspecify.annotations.NullMarked;
