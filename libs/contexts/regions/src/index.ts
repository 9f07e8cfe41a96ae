export { RegionsModule } from './regions.module';
