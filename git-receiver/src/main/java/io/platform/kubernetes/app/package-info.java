/** Apps as Deployments: applying a release, following its roll-out, and what runs now. */
@NullMarked
package io.platform.kubernetes.app;

import org.jspecify.annotations.NullMarked;
