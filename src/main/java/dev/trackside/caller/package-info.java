/**
 * Who calls, as far as an address tells: how much each address may do, which proxies are believed,
 * which sites' pages may connect, and where the world finds the server.
 */
@NullMarked
package dev.trackside.caller;

import org.jspecify.annotations.NullMarked;
