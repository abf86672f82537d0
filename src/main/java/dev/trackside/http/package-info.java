/**
 * The edge of the HTTP server: how many connections there may be, how long each may take, which
 * headers every answer has.
 */
@NullMarked
package dev.trackside.http;

import org.jspecify.annotations.NullMarked;
