/**
 * What all HTTP calls share: the caller, the key, the runner and the right to them, a bounded body,
 * and errors in words.
 */
@NullMarked
package dev.trackside.call;

import org.jspecify.annotations.NullMarked;
