/** How much of git's work is done at once: its threads, and the turns of users and uploads. */
@NullMarked
package io.platform.git.concurrency;

import org.jspecify.annotations.NullMarked;
