/** Commands about what visitors of apps reach: domains, certificates, maintenance. */
@NullMarked
package io.platform.cli.command.domain;

import org.jspecify.annotations.NullMarked;
