/** The memory that clients together may make the server hold. */
@NullMarked
package dev.trackside.memory;

import org.jspecify.annotations.NullMarked;
