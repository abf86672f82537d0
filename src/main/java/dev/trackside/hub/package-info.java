/**
 * Who follows what, and how one position reaches all of them cheaply: lanes, pacing, one write in
 * flight, and newest-wins for the slow. Knows no wire.
 */
@NullMarked
package dev.trackside.hub;

import org.jspecify.annotations.NullMarked;
