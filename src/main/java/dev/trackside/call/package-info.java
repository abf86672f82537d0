/**
 * What all HTTP calls have in common: who calls and with which key, whose runner and which right, a
 * body within its bounds, and what went wrong in words.
 */
@NullMarked
package dev.trackside.call;

import org.jspecify.annotations.NullMarked;
