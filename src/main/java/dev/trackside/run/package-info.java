/**
 * What a run is: when it begins and ends, where somebody rests too long, what of it is hidden, and
 * the trail that it leaves. What people may see of a log is decided here, for everybody.
 */
@NullMarked
package dev.trackside.run;

import org.jspecify.annotations.NullMarked;
