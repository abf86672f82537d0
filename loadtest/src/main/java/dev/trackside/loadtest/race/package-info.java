/** The race: runners who send, spectators who receive, and what each of them should get. */
@NullMarked
package dev.trackside.loadtest.race;

import org.jspecify.annotations.NullMarked;
