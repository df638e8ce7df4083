/** Brings what runs of each app to what should run, and says how it went. */
@NullMarked
package io.platform.deployer.rollout;

import org.jspecify.annotations.NullMarked;
