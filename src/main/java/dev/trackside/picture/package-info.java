/**
 * Trails drawn by the server: the picture of a page before it has a map, and the preview of a link
 * in a chat. Shapes only, no text.
 */
@NullMarked
package dev.trackside.picture;

import org.jspecify.annotations.NullMarked;
