export { baseWorld, type Ids } from './base-world';
export { DemoModule } from './demo.module';
export { PERSONAS, type Persona, type PersonaKey } from './personas';
