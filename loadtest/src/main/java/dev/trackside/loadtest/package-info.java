/**
 * The load test: plays a race to a Trackside server over real connections, and judges the result.
 */
@NullMarked
package dev.trackside.loadtest;

import org.jspecify.annotations.NullMarked;
