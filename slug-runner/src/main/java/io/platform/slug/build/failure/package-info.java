/** The causes of failed builds, and the sentences that a pusher reads. */
@NullMarked
package io.platform.slug.build.failure;

import org.jspecify.annotations.NullMarked;
