import { z } from 'zod';

// Schemas would be compiled by eval where that works. The policy of the page forbids it, and each try would be told as a violation.
z.config({ jitless: true });
