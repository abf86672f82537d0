/** Reads and writes positions as JSON. */
@NullMarked
package dev.trackside.json;

import org.jspecify.annotations.NullMarked;
