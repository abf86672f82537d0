/**
 * What a run is: when it begins and ends, when a runner rests too long, what is hidden, and the
 * trail. What people may see of a log is decided here.
 */
@NullMarked
package dev.trackside.run;

import org.jspecify.annotations.NullMarked;
