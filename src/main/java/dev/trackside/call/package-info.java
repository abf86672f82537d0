/**
 * What all HTTP calls have in common: whose runner and which right, a body within its bounds, fixes
 * that are taken in until they are durable, and what went wrong in words.
 */
@NullMarked
package dev.trackside.call;

import org.jspecify.annotations.NullMarked;
