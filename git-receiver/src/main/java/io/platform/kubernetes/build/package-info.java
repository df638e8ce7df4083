/** Builders as pods: launching, watching and removing them. */
@NullMarked
package io.platform.kubernetes.build;

import org.jspecify.annotations.NullMarked;
