/** What every log needs: judging fixes, numbering them, and the newest positions in memory. */
@NullMarked
package dev.trackside.log;

import org.jspecify.annotations.NullMarked;
