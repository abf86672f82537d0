/** The race: runners who send, spectators who receive, what they expect and what they got. */
@NullMarked
package dev.trackside.loadtest.race;

import org.jspecify.annotations.NullMarked;
