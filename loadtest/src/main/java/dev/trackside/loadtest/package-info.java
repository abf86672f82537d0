/**
 * The load test: plays a race to a Trackside, over real connections, and judges what came of it.
 */
@NullMarked
package dev.trackside.loadtest;

import org.jspecify.annotations.NullMarked;
