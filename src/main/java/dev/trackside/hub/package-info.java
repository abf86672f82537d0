/** Subscriptions, and how one position reaches all subscribers cheaply. Knows no wire format. */
@NullMarked
package dev.trackside.hub;

import org.jspecify.annotations.NullMarked;
