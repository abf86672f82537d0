/**
 * Where somebody has been in the present run, small enough for a phone at the roadside: what is
 * older is simplified once for all who ask. Knows nobody's rights: whoever asks brings the log as
 * he may see it.
 */
@NullMarked
package dev.trackside.trail;

import org.jspecify.annotations.NullMarked;
