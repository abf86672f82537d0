/**
 * What the apps on runners' phones send: one small reader for each protocol, one edge for all of
 * them. A reader makes fixes and nothing else; whose they are, storing and answering is the edge's.
 */
@NullMarked
package dev.trackside.phone;

import org.jspecify.annotations.NullMarked;
