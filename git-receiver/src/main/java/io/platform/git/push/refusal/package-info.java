/** The reasons why pushes and refs are refused, as facts, and the sentences that a pusher reads. */
@NullMarked
package io.platform.git.push.refusal;

import org.jspecify.annotations.NullMarked;
