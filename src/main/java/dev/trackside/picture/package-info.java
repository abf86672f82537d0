/**
 * Trails as pictures that the server draws: what is seen before a page has a map, and what a chat
 * shows of a link. Shapes only, no text.
 */
@NullMarked
package dev.trackside.picture;

import org.jspecify.annotations.NullMarked;
