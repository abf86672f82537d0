/**
 * The spectator's wire: what a client says becomes positions in the log and places in the hub, what
 * the hub has to say becomes messages.
 */
@NullMarked
package dev.trackside.live;

import org.jspecify.annotations.NullMarked;
