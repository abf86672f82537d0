/**
 * What every log has in common: judging fixes, giving them their place, and the newest positions in
 * memory. Alone that is a log without a disk.
 */
@NullMarked
package dev.trackside.log;

import org.jspecify.annotations.NullMarked;
