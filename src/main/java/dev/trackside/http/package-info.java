/**
 * The edge of the HTTP server: how many connections there may be, how long each may take, what
 * every answer says to browsers. Knows no call and no runner.
 */
@NullMarked
package dev.trackside.http;

import org.jspecify.annotations.NullMarked;
