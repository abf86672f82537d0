/**
 * Clients by address: how much each address may do, which proxies are believed, which sites' pages
 * may connect, and the server's own public address.
 */
@NullMarked
package dev.trackside.caller;

import org.jspecify.annotations.NullMarked;
