#!/usr/bin/env node
console.log('readout');
