pub(crate) mod patterns;
mod product;
