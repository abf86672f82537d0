/**
 * Subscriptions, and how one position reaches all subscribers cheaply: lanes, pacing, one write in
 * flight, and newest-wins for slow readers. Knows no wire format.
 */
@NullMarked
package dev.trackside.hub;

import org.jspecify.annotations.NullMarked;
