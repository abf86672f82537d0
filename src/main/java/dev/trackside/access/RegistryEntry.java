package dev.trackside.access;

/** An entry of a registry. */
public sealed interface RegistryEntry permits Claim, Link, Secret {}
