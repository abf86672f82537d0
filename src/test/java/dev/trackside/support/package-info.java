/** Everything that tests use and that is no test: servers, clients, phones and browsers. */
@NullMarked
package dev.trackside.support;

import org.jspecify.annotations.NullMarked;
