/** Apps as supervised processes on one machine: releases, ports, roll-outs and log files. */
@NullMarked
package io.platform.process.app;

import org.jspecify.annotations.NullMarked;
