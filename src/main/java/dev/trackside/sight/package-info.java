/**
 * What clients see of runners, as JSON: their status, their trail in the present run, and lists.
 * The caller has checked the right to follow.
 */
@NullMarked
package dev.trackside.sight;

import org.jspecify.annotations.NullMarked;
