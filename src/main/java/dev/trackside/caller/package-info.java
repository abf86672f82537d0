/** Callers by address and origin: limits, believed proxies, allowed pages, the public address. */
@NullMarked
package dev.trackside.caller;

import org.jspecify.annotations.NullMarked;
