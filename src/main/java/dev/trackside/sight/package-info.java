/**
 * What somebody sees of runners, and how that is told: how they are, where they have been in the
 * present run, who of a race is there. Whoever asks brings the right to follow them.
 */
@NullMarked
package dev.trackside.sight;

import org.jspecify.annotations.NullMarked;
