package io.platform.domain;

/**
 * Names the receiver that owns a build while it receives the push. The receiver renews it again and
 * again; one that does not is gone. Whether it has run out is told by watching {@code renewals},
 * not by comparing times: each receiver measures with its own clock for how long they have not
 * changed, so that clocks of machines, or of the database, may differ and be set.
 *
 * @param holder the receiver that receives the push
 * @param renewals how often it has renewed the lease so far
 */
public record Lease(InstanceId holder, long renewals) {}
