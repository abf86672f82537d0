/**
 * The one door for fixes: who may hand them in, whether the run is open, what the log says to them,
 * and how many there were. Whatever brings them, they come through here.
 */
@NullMarked
package dev.trackside.intake;

import org.jspecify.annotations.NullMarked;
