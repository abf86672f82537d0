/** What operators ask a running server. Pulled by them, so that no other room depends on it. */
@NullMarked
package dev.trackside.ops;

import org.jspecify.annotations.NullMarked;
