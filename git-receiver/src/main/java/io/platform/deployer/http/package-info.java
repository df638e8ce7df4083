/** Takes the builders' reports, which end builds and make releases. */
@NullMarked
package io.platform.deployer.http;

import org.jspecify.annotations.NullMarked;
