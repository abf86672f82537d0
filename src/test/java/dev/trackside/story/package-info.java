/** Tests that tell a story over the wire, against a whole server. */
@NullMarked
package dev.trackside.story;

import org.jspecify.annotations.NullMarked;
