/** Limits concurrent git work: threads, and the turns of users and uploads. */
@NullMarked
package io.platform.git.concurrency;

import org.jspecify.annotations.NullMarked;
