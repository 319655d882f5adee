package dev.freezeframe.operator.doctor.check.fleet;

/** An instance type that an Availability Zone has. */
public record Offering(String type, String zone) {}
