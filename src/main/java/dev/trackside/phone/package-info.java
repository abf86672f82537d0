/**
 * The apps on runners' phones: one small decoder for each protocol, and the calls that all of them
 * share. A decoder only makes fixes; the calls authenticate, store and answer.
 */
@NullMarked
package dev.trackside.phone;

import org.jspecify.annotations.NullMarked;
