/** Rights: who may publish as a runner, follow a feed, and manage claims and links. */
@NullMarked
package dev.trackside.access;

import org.jspecify.annotations.NullMarked;
