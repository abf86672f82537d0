/**
 * The wire protocol: turns what clients send into positions and subscriptions, and what the hub
 * delivers into messages.
 */
@NullMarked
package dev.trackside.live;

import org.jspecify.annotations.NullMarked;
